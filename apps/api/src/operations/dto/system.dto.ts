import { TextField, WordField } from '../../http/fields';

export const DATABASES = ['memory', 'sqlite', 'postgres'] as const;

/** What runs, and on what. */
export class SystemDto {
  @TextField({ description: 'The version of the server', example: '1.4.0' })
  version!: string;

  @TextField({
    description: 'The commit that it was built of; null where the build did not know',
    nullable: true,
    example: '3ad6a02e69da24021f90e7a9b1c75ede80a9d43a',
  })
  commit!: string | null;

  @TextField({ description: 'The version of Node that runs it', example: '24.21.0' })
  node!: string;

  @WordField({ words: DATABASES, name: 'Database', description: 'Where it keeps its data' })
  database!: (typeof DATABASES)[number];
}
