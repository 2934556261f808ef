package org.cistern.freshness;

import org.cistern.http.EntityTag;
import org.cistern.http.Fields;
import org.cistern.http.Headers;
import org.cistern.http.range.ByteRange;
import org.cistern.http.range.ContentRange;
import org.jspecify.annotations.Nullable;

/**
 * What is missing of a range of which a part is stored (RFC 9111 section 3.4): it is asked for with
 * {@code If-Range}, and combined with the part only where it is of the same content.
 *
 * @param wanted the range that the client asks for
 * @param missing the stretch of it that has to be fetched
 * @param tag the content's strong tag, as the origin sent it
 * @param total the content's length in bytes
 */
public record Remainder(ByteRange wanted, ByteRange missing, String tag, long total) {

  /** Returns a request's fields with this range in place of its own. */
  public Headers asked(Fields request) {
    return Revalidation.unconditional(request).toBuilder()
        .add("Range", "bytes=" + missing.first() + '-' + missing.last())
        .add("If-Range", tag)
        .build();
  }

  /** Tells whether a 206 has just these bytes, of the same content and in the same coding. */
  public boolean isIn(Headers response) {
    ContentRange range = range(response);
    return range != null
        && missing.equals(range.range())
        && Long.valueOf(total).equals(range.complete())
        && !response.has("Content-Encoding")
        && isOfTheSame(EntityTag.parse(response.first("ETag")));
  }

  private static @Nullable ContentRange range(Headers response) {
    String field = response.first("Content-Range");
    return field == null || response.all("Content-Range").size() > 1
        ? null
        : ContentRange.parse(field);
  }

  private boolean isOfTheSame(@Nullable EntityTag other) {
    EntityTag own = EntityTag.parse(tag);
    return own != null && other != null && own.stronglyEquals(other);
  }
}
