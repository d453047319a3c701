export { WellKnownDocuments, type WellKnownDocumentsProps } from './well-known-documents';
