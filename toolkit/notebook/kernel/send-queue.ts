import type { Socket } from './tslab-parts.ts';

/** A socket that takes any number of messages at once, and tells when all are on their way. */
export interface QueuedSocket {
  send(frames: readonly (string | Buffer)[]): Promise<void>;
  close(): void;
  flushed(): Promise<void>;
}

/**
 * Sends one message after another, however many are given at once, and keeps all that wait: zeromq refuses a second send while one
 * goes on, and a publisher drops what is beyond its mark. To be called before the socket is bound.
 */
export function queueSends(socket: Socket): QueuedSocket {
  socket.sendHighWaterMark = 0;
  let last: Promise<void> = Promise.resolve();
  return {
    send(frames) {
      // A socket that was closed meanwhile has nobody to send to.
      last = last.then(() => socket.send(frames)).catch(() => {});
      return last;
    },
    close: () => socket.close(),
    flushed: () => last,
  };
}
