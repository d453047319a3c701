import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020';
import { parse } from 'yaml';
import schema from '../../schemas/check-configuration.schema.json';

test.each([
  'examples/check-settings.json',
  'examples/check-settings.yaml',
  'examples/switched-off-rule.json',
])('the settings that the documentation shows in %s fit the schema', (file) => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  expect([validate(parse(readFileSync(file, 'utf8'))), validate.errors]).toEqual([true, null]);
});
