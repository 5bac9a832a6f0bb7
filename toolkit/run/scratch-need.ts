/** What a run writes whatever there is to read: records, rejects, the engine's own files. */
const LEAST_BYTES = 4_000_000;
/** Clean copies of files that the engine cannot read as they are, and rejects, for each byte of the sources. */
const COPIES = 1;
/** The staging file of a first load, for each byte of the sources. */
const STAGED = 1.5;

/**
 * About how many bytes a run needs below its state folder while it works. What the engine spills is not in it: that depends on
 * the memory it has.
 *
 * @param sourceBytes of all files that are read
 * @param isFirst whether everything is going to be staged, and not only what differs from what was published
 */
export const scratchNeed = (sourceBytes: number, isFirst: boolean): number =>
  LEAST_BYTES + Math.ceil(sourceBytes * (COPIES + (isFirst ? STAGED : 0)));
