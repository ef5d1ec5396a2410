import { Module } from '@nestjs/common';
import { ApplyImport, KeepMaps } from '@cloudpam/import';
import { useCases } from '../storage/use-case';
import { ImportController } from './import.controller';
import { ImportMapsController } from './import-maps.controller';

/** Imports of files. */
@Module({
  controllers: [ImportController, ImportMapsController],
  providers: [...useCases(ApplyImport, KeepMaps)],
  exports: [ApplyImport],
})
export class ImportModule {}
