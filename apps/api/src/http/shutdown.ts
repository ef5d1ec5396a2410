import type { Server, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/** Both ends of a connection name it, with TLS and without. */
const nameOf = ({ remoteAddress, remotePort }: Socket): string =>
  `${remoteAddress ?? ''} ${remotePort ?? ''}`;

/**
 * The connections of a server, and which of them have a request under way that was read to its end.
 * Those get their answer however long it takes; the others, silent or half-sent, can be cut.
 */
@Injectable()
export class Connections {
  private readonly sockets = new Set<Socket>();
  private readonly answering = new Map<Socket, number>();

  /** Follows a server from its first connection on. */
  follow(server: FastifyInstance): void {
    const listener = server.server as Server;
    listener.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    const count = ({ socket }: IncomingMessage, by: number): void => {
      const now = (this.answering.get(socket) ?? 0) + by;
      if (now > 0) this.answering.set(socket, now);
      else this.answering.delete(socket);
    };
    // Its body, if any, is read by now.
    server.addHook('preHandler', (request, reply, done) => {
      count(request.raw, 1);
      reply.raw.once('close', () => count(request.raw, -1));
      done();
    });
  }

  /** Cuts every connection that waits for its client and not for us. */
  cutIdle(): void {
    const answering = new Set([...this.answering.keys()].map(nameOf));
    for (const socket of this.sockets) {
      if (!answering.has(nameOf(socket))) socket.destroy();
    }
  }
}
