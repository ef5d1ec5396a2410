import { finished, Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { cloudEventOf } from '@cloudpam/events';
import type { FastifyReply } from 'fastify';
import { Admission } from '../access/admission';
import { CONFIG, type Config } from '../config/config';
import { sourceOf } from '../config/event-source';
import { Requires } from '../http/access-guard';
import { pauses } from '../http/client-gone';
import { Operation } from '../http/operation';
import { Context, RequestContext, type AuthenticatedRequest } from '../http/request-context';
import { SchemaError } from '../http/schema';
import { isWantedOfAny } from '../limits/event-types';
import { visibleEvents } from '../limits/visible-events';
import { STORAGE, type Storage } from '../storage/storage';
import { CloudEventDto } from './dto/cloud-event.dto';
import { EventsQuery, EventStreamQuery } from './dto/events-query';
import { EventHub } from './event-hub';
import { readEvents, type EventReader, type ToldPage } from './event-reading';
import { eventText } from './event-text';
import { OpenStreams } from './open-streams';

const HEARTBEAT_MS = 15_000;
const WHO =
  'Whoever has limits is told what the audit trail shows them. Streams end when the token or session does, or what ' +
  'it may see changes.';

/** What happens, for those who follow it. */
@ApiTags('events')
@Controller('api/v1/events')
export class EventsController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly hub: EventHub,
    private readonly streams: OpenStreams,
    private readonly admission: Admission,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Requires('audit:read', 'within limits')
  @Operation({
    id: 'listEvents',
    summary: 'Wait for events',
    description:
      'Gives events in the order of the log as CloudEvents, at most 500: at once where there are some, else when ' +
      'some come, and none when `wait` is over. The header says where to go on, also past what is not ' +
      `for you. ${WHO}`,
    answer: CloudEventDto,
    listedAs: 'application/cloudevents-batch+json',
    headers: ['X-CloudPAM-Last-Event'],
    problems: ['too_many_streams', 'busy'],
  })
  async list(
    @Context() context: RequestContext,
    @Req() request: AuthenticatedRequest,
    @Query() query: EventsQuery,
  ): Promise<CloudEventDto[]> {
    const { gone } = context;
    const reader = await this.reader(context, request, gone, query, query.after);
    try {
      const { events, last } = await this.wait(reader, (query.wait ?? 0) * 1_000, pauses(gone));
      const source = sourceOf(this.config);
      void context.reply
        .header('x-cloudpam-last-event', String(last))
        .type('application/cloudevents-batch+json');
      return events.map((event) => cloudEventOf(event, source));
    } finally {
      reader.stream.close();
    }
  }

  @Get('stream')
  @Requires('audit:read', 'within limits')
  @ApiHeader({
    name: 'Last-Event-ID',
    description: 'The id of the last event that arrived: it goes before `after`',
    required: false,
    schema: { type: 'string', pattern: '^\\d{1,15}$' },
    example: '4711',
  })
  @Operation({
    id: 'streamEvents',
    summary: 'Listen to events',
    description:
      'Sends events in the order of the log as server-sent events, as they come: the id is the place in the log, ' +
      'the data a CloudEvent. Something is sent every 15 seconds. Who stops reading is cut off within 30 seconds ' +
      `and goes on by \`Last-Event-ID\`. ${WHO}`,
    file: ['text/event-stream'],
    problems: ['too_many_streams', 'busy'],
  })
  async stream(
    @Context() context: RequestContext,
    @Req() request: AuthenticatedRequest,
    @Query() query: EventStreamQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { gone } = context;
    void reply
      .header('cache-control', 'no-store')
      // Some proxies keep an answer until it has ended.
      .header('x-accel-buffering', 'no')
      .type('text/event-stream');
    // Who asks for the headers listens to nothing.
    if (request.method === 'HEAD') return void reply.send('');
    const reader = await this.reader(context, request, gone, query, lastEventOf(request));
    const text = Readable.from(
      eventText(this.hub, reader, sourceOf(this.config), HEARTBEAT_MS, (events) => {
        this.streams.counts.sent += events;
      }),
      { objectMode: false },
    );
    finished(text, () => reader.stream.close());
    gone.addEventListener('abort', () => text.destroy(), { once: true });
    void reply.send(text);
  }

  /** @throws TooManyStreams, Busy */
  private async reader(
    context: RequestContext,
    request: AuthenticatedRequest,
    gone: AbortSignal,
    { after: asked, types }: EventStreamQuery,
    place = asked,
  ): Promise<EventReader> {
    const { accessScope, reply } = context;
    const wanted = types?.split(',') ?? [];
    const unknown = wanted.find((type) => !isWantedOfAny(type));
    if (unknown !== undefined)
      throw new SchemaError([
        { field: 'types', code: 'invalid_field', detail: `no event has the type ${unknown}` },
      ]);
    const stream = this.streams.open(context.actor.id, reply.raw, gone, () =>
      this.admission.stillAdmits(request),
    );
    try {
      const now = await this.hub.now();
      return {
        // A backup that was restored may end before what a client has seen.
        after: Math.min(place ?? now, now),
        filter: { types: wanted },
        stream,
        isLimited: accessScope !== undefined,
        visible: (events) => visibleEvents(this.storage, accessScope, events),
      };
    } catch (error) {
      stream.close();
      throw error;
    }
  }

  private async wait(
    reader: EventReader,
    waitMs: number,
    pause: () => Promise<void>,
  ): Promise<ToldPage> {
    const until = performance.now() + waitMs;
    let page: ToldPage = { events: [], last: reader.after };
    for (;;) {
      const left = until - performance.now();
      page = await readEvents(this.hub, reader, page.last, left);
      await pause();
      if (page.events.length > 0 || left <= 0 || reader.stream.ended.aborted) break;
    }
    this.streams.counts.sent += page.events.length;
    return page;
  }
}

/** @throws SchemaError for what is no place */
function lastEventOf({ headers }: AuthenticatedRequest): number | undefined {
  const id = headers['last-event-id'];
  if (id === undefined || id === '') return undefined;
  if (typeof id === 'string' && /^\d{1,15}$/.test(id)) return Number(id);
  throw new SchemaError([
    { field: 'Last-Event-ID', code: 'invalid_field', detail: 'is not the id of an event' },
  ]);
}
