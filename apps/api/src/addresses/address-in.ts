import { CidrError, parseAddress } from '@cloudpam/cidr';
import { SchemaError } from '../http/schema';

/** The address that a field of a body names. @throws SchemaError `invalid_address` */
export function addressIn(field: string, text: string): ReturnType<typeof parseAddress> {
  try {
    return parseAddress(text);
  } catch (error) {
    if (!(error instanceof CidrError)) throw error;
    throw new SchemaError([{ field, code: error.code, detail: error.message }]);
  }
}
