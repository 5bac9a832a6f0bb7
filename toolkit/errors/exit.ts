/** Exit codes of every command, after sysexits(3). */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 64,
  data: 65,
  noInput: 66,
  unavailable: 69,
  cannotCreate: 73,
  io: 74,
  tryAgain: 75,
  notPermitted: 77,
  config: 78,
  cancelled: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
