import { Module } from '@nestjs/common';
import { ApplyImport } from '@cloudpam/import';
import { useCases } from '../storage/use-case';
import { ImportController } from './import.controller';

/** Imports of files. */
@Module({
  controllers: [ImportController],
  providers: [...useCases(ApplyImport)],
  exports: [ApplyImport],
})
export class ImportModule {}
