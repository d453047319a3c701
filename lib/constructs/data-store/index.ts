export { CacheUser, type CacheUserProps } from './cache-user';
export type { DatabaseClientOptions } from './database-client';
export { EncryptedTable, type EncryptedTableProps } from './encrypted-table';
export type { EncryptedTableAttributes, IEncryptedTable } from './encrypted-table-reference';
export { type ITlsCache, TlsCache, type TlsCacheAttributes, type TlsCacheProps } from './tls-cache';
export { TlsDatabase } from './tls-database';
export type { TlsDatabaseProps } from './tls-database-props';
export type { ITlsDatabase, TlsDatabaseAttributes } from './tls-database-reference';
