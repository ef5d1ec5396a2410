import { Global, Module } from '@nestjs/common';
import { AllowedMethods } from './allowed-methods';
import { PublicAddress } from './public-address';
import { Connections } from './shutdown';
import { ExportTurns } from './turns';

/** What every module that answers requests may ask for. */
@Global()
@Module({
  providers: [AllowedMethods, Connections, ExportTurns, PublicAddress],
  exports: [ExportTurns, PublicAddress],
})
export class HttpModule {}
