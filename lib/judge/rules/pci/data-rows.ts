import type { PackRule } from '../../packs/pack';
import { ANALYTICS_ROWS } from './analytics';
import { BACKUP_ROWS } from './backup';
import { CACHE_DATA_ROWS } from './caches';
import { FILE_SYSTEM_ROWS } from './file-systems';
import { RDS_DATA_ROWS } from './rds';
import { DOCUMENTDB_NEPTUNE_ROWS } from './rds-documentdb-neptune';
import { S3_EXPOSURE_ROWS } from './s3-exposure';
import { S3_OBJECT_ROWS } from './s3-objects';
import { STREAM_DATA_ROWS } from './streams';
import { TABLE_DATA_ROWS } from './tables';
import { WAREHOUSE_ROWS } from './warehouses';
import { SEARCH_ROWS } from './warehouses-search';

/** Rules on data services that the packs of AWS Config for PCI DSS ask for, with their levels. */
export const DATA_ROWS: readonly PackRule[] = [
  ...S3_EXPOSURE_ROWS,
  ...S3_OBJECT_ROWS,
  ...RDS_DATA_ROWS,
  ...DOCUMENTDB_NEPTUNE_ROWS,
  ...TABLE_DATA_ROWS,
  ...CACHE_DATA_ROWS,
  ...WAREHOUSE_ROWS,
  ...SEARCH_ROWS,
  ...FILE_SYSTEM_ROWS,
  ...BACKUP_ROWS,
  ...STREAM_DATA_ROWS,
  ...ANALYTICS_ROWS,
];
