import { Module } from '@nestjs/common';
import { SealAudit, VerifyAudit } from '@cloudpam/audit';
import { hmacWith } from '../storage/proving-storage';
import { useCase } from '../storage/use-case';
import { AuditController } from './audit.controller';
import { sha256 } from './sha256';

/** The audit log: reading it, sealing it, and proving that it is as it was sealed. */
@Module({
  controllers: [AuditController],
  providers: [
    useCase(SealAudit, (work) => new SealAudit(work, sha256)),
    useCase(
      VerifyAudit,
      (work, { auditKeys }) => new VerifyAudit(work, sha256, auditKeys.map(hmacWith)),
    ),
  ],
  exports: [SealAudit],
})
export class AuditModule {}
