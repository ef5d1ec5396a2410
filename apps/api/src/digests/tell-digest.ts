import {
  ComposeDigest,
  messageIdOf,
  type Digest,
  type DigestContent,
  type Sent,
} from '@cloudpam/digests';
import { digestMail, type DigestMail } from './digest-mail';
import type { Mailer } from './mailer';

/** Writes digests, and sends them. */
export class TellDigest {
  /** @param publicUrl where people use the server; undefined: nothing is linked */
  constructor(
    private readonly compose: ComposeDigest,
    private readonly mailer: Mailer,
    private readonly publicUrl: string | undefined,
    private readonly now: () => Date,
  ) {}

  /** A digest as it would be sent now. */
  async preview(digest: Digest): Promise<DigestMail> {
    return digestMail(digest, await this.compose.execute(digest, this.now()), this.publicUrl);
  }

  /** Sends what was composed. @throws Error that says why nobody has got it */
  send(digest: Digest, content: DigestContent, id: string): Promise<Sent> {
    const mail = digestMail(digest, content, this.publicUrl);
    return this.mailer.send({ ...mail, recipients: digest.recipients, id });
  }

  /** Sends it now, whatever there is to tell, and moves nothing. @throws Error as `send` */
  async test(digest: Digest, requestId: string): Promise<Sent> {
    const mail = await this.preview(digest);
    const id = `${messageIdOf(digest, this.now())}.test.${Buffer.from(requestId).toString('hex').slice(0, 32)}`;
    return this.mailer.send({
      ...mail,
      subject: `[Test] ${mail.subject}`,
      recipients: digest.recipients,
      id,
    });
  }
}
