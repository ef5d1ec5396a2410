import { Global, Module } from '@nestjs/common';
import { AllowedMethods } from './allowed-methods';
import { ErrorReports } from './error-reports';
import { PublicAddress } from './public-address';
import { Connections } from './shutdown';
import { ExportTurns } from './turns';

/** What every module that answers requests may ask for. */
@Global()
@Module({
  providers: [AllowedMethods, Connections, ErrorReports, ExportTurns, PublicAddress],
  exports: [ErrorReports, ExportTurns, PublicAddress],
})
export class HttpModule {}
