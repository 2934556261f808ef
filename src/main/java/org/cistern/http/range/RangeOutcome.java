package org.cistern.http.range;

import java.util.List;

/** What a Range field asks of a representation of known length (RFC 9110 section 14.2). */
public sealed interface RangeOutcome {

  /** The field is to be treated as if it were not there: the whole representation is sent. */
  enum Ignored implements RangeOutcome {
    /** There is no Range field. */
    ABSENT,
    /** Another unit than bytes, or not what section 14.1.1 says a set of ranges looks like. */
    NOT_UNDERSTOOD,
    /** More ranges than are served at once. */
    TOO_MANY,
    /** The last so many bytes of nothing: there is no range that would say so. */
    EMPTY_REPRESENTATION
  }

  /**
   * None of the ranges begins within the representation: 416, with {@code Content-Range: bytes *}.
   *
   * @param length the length of the representation in bytes
   */
  record Unsatisfiable(long length) implements RangeOutcome {}

  /**
   * What to send with 206.
   *
   * @param ranges one or more, within the representation, apart from each other, in the order asked
   *     for
   * @param length the length of the representation in bytes
   */
  record Satisfiable(List<ByteRange> ranges, long length) implements RangeOutcome {
    public Satisfiable {
      ranges = List.copyOf(ranges);
    }

    /** Tells whether one part is sent, so that no multipart body is needed. */
    public boolean isSingle() {
      return ranges.size() == 1;
    }
  }
}
