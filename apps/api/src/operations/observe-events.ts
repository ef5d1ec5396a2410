import { Counter, Gauge } from 'prom-client';
import type { OpenStreams } from '../events/open-streams';

/** Who listens to events here, what they were told, and who did not read it. Read when it is scraped. */
export function observeEvents(streams: OpenStreams): void {
  const open = new Gauge({
    name: 'cloudpam_event_streams_open',
    help: 'Streams of events and requests that wait for events',
    collect: () => {
      open.set(streams.size);
    },
  });
  const sent = new Counter({
    name: 'cloudpam_events_sent_total',
    help: 'Events that were sent, to each who listens',
    collect: () => {
      set(sent, streams.counts.sent);
    },
  });
  const cutOff = new Counter({
    name: 'cloudpam_event_readers_cut_off_total',
    help: 'Streams of events that were ended because nobody read them',
    collect: () => {
      set(cutOff, streams.counts.cutOff);
    },
  });
}

function set(counter: Counter, value: number): void {
  counter.reset();
  counter.inc(value);
}
