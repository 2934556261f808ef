/**
 * The purge log: barriers, positions, and what they cover.
 *
 * <p>A purge is a {@link org.cistern.purge.Barrier} with a number in the {@link
 * org.cistern.purge.PurgeLog}; an answer carries the number that the log had when its fetch began,
 * and is gone (or stale) where a newer barrier covers it. Nothing is looked for when a purge comes.
 *
 * <p>A barrier is needed as long as an answer may exist that is older and covered. It ends in one
 * of three ways, the usual one first:
 *
 * <ol>
 *   <li><b>Reclaimed.</b> Every quarter of an hour, or sooner where ten thousand hard barriers have
 *       piled up, somebody goes through memory and disk, deletes what hard barriers cover, and then
 *       retires those that were there before, in {@link org.cistern.purge.PurgeLog#retire}. Left
 *       out are barriers younger than two minutes (what is on its way between two stores has
 *       arrived by then) and those that a fetch under way began before.
 *   <li><b>Outlived.</b> A barrier older than the longest life of all answers that were ever stored
 *       covers nothing any more; soft ones, which delete nothing, end so. The longest life is
 *       written down beside the barriers.
 *   <li><b>Merged.</b> Where there are too many nevertheless, the older half becomes one purge of
 *       everything as old as they are: more is purged than was asked, never less.
 * </ol>
 */
@NullMarked
package org.cistern.purge;

import org.jspecify.annotations.NullMarked;
