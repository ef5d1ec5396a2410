import type { Worker } from 'node:cluster';

/** A connection on its way to a worker, as Node has it. */
interface Handle {
  /** Negative when it is closed. */
  readonly fd: number;
  close(): void;
}
type Send = (message: object, handle?: Handle, ...rest: unknown[]) => boolean;

/**
 * Takes connections back that could not be handed to a worker, because it had just died: node:cluster
 * (20 to 24) waits for its word for ever, and so would their clients. The worker is taken to have
 * refused them, so that another one gets them. Goes by the messages of node:cluster; a test with
 * killed workers tells when they change.
 * @param hasOthers whether another worker takes connections
 */
export function takeConnectionsBack({ process: child }: Worker, hasOthers: () => boolean): void {
  const handed = new Map<unknown, Handle>();
  const send = child.send.bind(child) as Send;
  const watched: Send = (message, handle, ...rest) => {
    if ('act' in message && message.act === 'newconn' && 'seq' in message && handle)
      handed.set(message.seq, handle);
    return send(message, handle, ...rest);
  };
  child.send = watched as typeof child.send;
  child.on('internalMessage', (message: { readonly ack?: number }) => handed.delete(message.ack));
  let isGone = false;
  child.once('disconnect', () => {
    isGone = true;
    for (const [ack, handle] of handed) {
      if (handle.fd < 0) continue;
      if (hasOthers()) child.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: false });
      else handle.close();
    }
  });
  // While a connection is on its way Node does not tell of a lost channel, and hands the dead more.
  child.once('exit', () => isGone || child.emit('disconnect'));
}
