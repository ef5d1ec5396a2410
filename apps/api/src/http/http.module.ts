import { Global, Module } from '@nestjs/common';
import { Outcomes } from '../background/outcomes';
import { AllowedMethods } from './allowed-methods';
import { ErrorReports } from './error-reports';
import { PublicAddress } from './public-address';
import { Connections } from './shutdown';
import { ExportTurns, ImportTurns } from './turns';

/** What every module that answers requests may ask for. */
@Global()
@Module({
  providers: [
    AllowedMethods,
    Connections,
    ErrorReports,
    ExportTurns,
    ImportTurns,
    Outcomes,
    PublicAddress,
  ],
  exports: [ErrorReports, ExportTurns, ImportTurns, Outcomes, PublicAddress],
})
export class HttpModule {}
