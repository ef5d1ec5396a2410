import { Body, Controller, Delete, Get, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  DigestError,
  digestNotFound,
  DIGESTS_LIMIT,
  KeepDigests,
  type Digest,
} from '@cloudpam/digests';
import { Requires } from '../http/access-guard';
import type { Answer } from '../http/answer';
import { DryRunQuery } from '../http/common.dto';
import { pageOfAll } from '../http/list-page';
import { Operation } from '../http/operation';
import { PathRecordId } from '../http/path-id';
import { Context, RequestContext } from '../http/request-context';
import { STORAGE, type Storage } from '../storage/storage';
import {
  DigestDto,
  DigestPatchDto,
  DigestPreviewDto,
  DigestQuery,
  DigestsDto,
  DigestTestDto,
  NewDigestDto,
} from './dto/digest.dto';
import { Mailer } from './mailer';
import { TellDigest } from './tell-digest';
import { newDigest, wishedDigest } from './wished-digest';

/** Summaries that are sent by e-mail. */
@ApiTags('digests')
@Controller('api/v1/digests')
export class DigestsController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(KeepDigests) private readonly keep: KeepDigests,
    private readonly teller: TellDigest,
    private readonly mailer: Mailer,
  ) {}

  @Get()
  @Requires('digests:manage')
  @Operation({
    id: 'listDigests',
    summary: 'List digests',
    description: `Gives all digests, by id: at most ${DIGESTS_LIMIT}.`,
    answer: DigestsDto,
  })
  async list(@Context() _: RequestContext, @Query() query: DigestQuery): Promise<DigestsDto> {
    const all = await this.storage.unitOfWork.read(({ digests }) => digests.all(), {
      moment: 'any',
    });
    const named = all.filter(({ name }) => query.name === undefined || name === query.name);
    const page = pageOfAll(named.map(this.told), query, 'digests');
    return { ...page, mail_set_up: this.mailer.isSetUp };
  }

  @Post()
  @Requires('digests:manage')
  @Operation({
    id: 'createDigest',
    summary: 'Create a digest',
    description: 'Makes a digest, which is first sent at the next time of its schedule.',
    answer: DigestDto,
    status: 201,
    problems: ['too_many_digests', 'name_taken'],
    headers: ['Location'],
  })
  create(
    @Context() context: RequestContext,
    @Query() _: DryRunQuery,
    @Body() body: NewDigestDto,
  ): Promise<DigestDto> {
    const settings = newDigest(body);
    return context.write(
      (change) => this.keep.create(change, settings),
      (digest) => ({
        status: 201,
        headers: { location: `/api/v1/digests/${digest.id}` },
        body: this.told(digest),
      }),
    );
  }

  @Get(':id')
  @Requires('digests:manage')
  @Operation({
    id: 'getDigest',
    summary: 'Get a digest',
    description: 'Gives a digest with its version as ETag.',
    answer: DigestDto,
    problems: ['digest_not_found'],
    headers: ['ETag'],
  })
  async get(@Context() context: RequestContext, @PathRecordId() id: number): Promise<DigestDto> {
    const digest = await this.digest(id);
    void context.reply.header('etag', `"${digest.version}"`);
    return this.told(digest);
  }

  @Patch(':id')
  @Requires('digests:manage')
  @Operation({
    id: 'updateDigest',
    summary: 'Change a digest',
    description: 'Changes the fields that are given; with If-Match only the version that was read.',
    answer: DigestDto,
    problems: ['digest_not_found', 'name_taken', 'version_mismatch'],
    headers: ['ETag'],
  })
  update(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
    @Body() body: DigestPatchDto,
  ): Promise<DigestDto> {
    const wish = wishedDigest(body);
    return context.write(
      (change) => this.keep.update(change, id, wish, context.expectedVersion),
      (digest) => ({
        status: 200,
        headers: { etag: `"${digest.version}"` },
        body: this.told(digest),
      }),
      undefined,
      { versioned: true },
    );
  }

  @Delete(':id')
  @Requires('digests:manage')
  @Operation({
    id: 'deleteDigest',
    summary: 'Delete a digest',
    description: 'Deletes a digest, and gives what it was.',
    answer: DigestDto,
    problems: ['digest_not_found'],
  })
  remove(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
    @Query() _: DryRunQuery,
  ): Promise<DigestDto> {
    return context.write((change) => this.keep.remove(change, id), this.plain);
  }

  @Get(':id/preview')
  @Requires('digests:manage')
  @Operation({
    id: 'previewDigest',
    summary: 'Preview a digest',
    description: 'Gives the digest as it would be sent now. Sends nothing.',
    answer: DigestPreviewDto,
    problems: ['digest_not_found'],
  })
  async preview(
    @Context() _: RequestContext,
    @PathRecordId() id: number,
  ): Promise<DigestPreviewDto> {
    return DigestPreviewDto.of(await this.teller.preview(await this.digest(id)));
  }

  @Post(':id/test')
  @Requires('digests:manage')
  @Operation({
    id: 'testDigest',
    summary: 'Test a digest',
    description:
      'Sends the digest to its recipients now, once, and tells how that went; what is new stays new. ' +
      'It may take a minute.',
    answer: DigestTestDto,
    problems: ['digest_not_found', 'mail_not_set_up'],
  })
  async test(
    @Context() context: RequestContext,
    @PathRecordId() id: number,
  ): Promise<DigestTestDto> {
    const answered = await context.answeredBefore<DigestTestDto>(this.storage);
    if (answered) return answered;
    const digest = await this.digest(id);
    const result = await this.tested(digest, context.requestId);
    return context.write(
      (change) => this.keep.noteTest(change, id),
      () => ({ status: 200, body: result }),
    );
  }

  private async tested(digest: Digest, requestId: string): Promise<DigestTestDto> {
    try {
      const { refused } = await this.teller.test(digest, requestId);
      return { sent: true, refused: [...refused], error: null };
    } catch (error) {
      if (error instanceof DigestError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      return { sent: false, refused: [], error: why };
    }
  }

  private async digest(id: number): Promise<Digest> {
    const digest = await this.storage.unitOfWork.read(({ digests }) => digests.get(id));
    if (!digest) throw digestNotFound(id);
    return digest;
  }

  private readonly told = (digest: Digest): DigestDto => DigestDto.of(digest, this.mailer.isSetUp);

  private readonly plain = (digest: Digest): Answer<DigestDto> => ({
    status: 200,
    body: this.told(digest),
  });
}
