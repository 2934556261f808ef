package org.cistern.http;

/**
 * Fields that hold a digest (RFC 9530, RFC 3230, RFC 1864): some of the bytes of one message, some
 * of the representation. Over other bytes they would have clients throw away what is sound.
 */
public final class Digests {

  private Digests() {}

  /** Takes off those of a message's bytes: a part's are others than the whole's. */
  public static Headers.Builder withoutContents(Headers.Builder head) {
    return head.remove("Content-Digest").remove("Content-MD5");
  }

  /** Takes off all of them: a coded form is another representation. */
  public static Headers.Builder withoutAny(Headers.Builder head) {
    return withoutContents(head).remove("Repr-Digest").remove("Digest");
  }
}
