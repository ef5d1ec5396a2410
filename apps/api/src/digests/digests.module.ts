import { Module } from '@nestjs/common';
import { ComposeDigest, KeepDigests } from '@cloudpam/digests';
import { loopTurn } from '@cloudpam/event-loop';
import { CONFIG, type Config } from '../config/config';
import { useCase, useCases } from '../storage/use-case';
import { DigestsController } from './digests.controller';
import { Mailer } from './mailer';
import { TellDigest } from './tell-digest';

/** Digests: keeping them, showing them, and sending them. */
@Module({
  controllers: [DigestsController],
  providers: [
    ...useCases(KeepDigests),
    useCase(ComposeDigest, (work) => new ComposeDigest(work, loopTurn)),
    {
      provide: Mailer,
      inject: [CONFIG],
      useFactory: ({ mail }: Config) => new Mailer(mail),
    },
    {
      provide: TellDigest,
      inject: [ComposeDigest, Mailer, CONFIG],
      useFactory: (compose: ComposeDigest, mailer: Mailer, { publicUrl }: Config) =>
        new TellDigest(compose, mailer, publicUrl, () => new Date()),
    },
  ],
  exports: [ComposeDigest, Mailer, TellDigest],
})
export class DigestsModule {}
