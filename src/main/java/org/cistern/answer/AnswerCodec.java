package org.cistern.answer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.cistern.answer.Decoded.Flaw;
import org.cistern.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The byte form of an answer, the same in Redis and on disk. Safe for several threads.
 *
 * <pre>
 * value     = magic version packing zero zero head-size body-size sent-size checksum head body
 * magic     = "CSTN"
 * version   = octet              ; 1
 * packing   = octet              ; 0: the body as it is, 1: packed by {@link BodyCompression}
 * zero      = octet              ; 0
 * head-size = fixed4             ; octets of head
 * body-size = fixed4             ; octets of the body as the origin sent it
 * sent-size = fixed4             ; octets of the body as it stands here
 * checksum  = fixed4             ; CRC-32C of all octets before it and all octets after it
 * head      = target method status lines times varied vary tags rule owner position
 * target    = text text text optional                  ; scheme, host, path, query
 * method    = text
 * status    = number
 * lines     = number *( text text )                    ; how many; name and value of each
 * times     = time time time                           ; request, response, expires
 * time      = fixed8 fixed4                            ; seconds since 1970, nanoseconds
 * varied    = lines
 * vary      = texts
 * tags      = texts
 * texts     = number *text
 * rule      = text
 * owner     = optional
 * position  = fixed8 fixed8                            ; epoch, number
 * optional  = %x00 / %x01 text
 * text      = number *octet    ; the number is twice the count of characters, plus one where a
 *                              ; character takes two octets instead of one
 * number    = *%x80-FF %x00-7F ; seven bits an octet, the lowest first, five octets at most
 * fixed4, fixed8               ; big-endian
 * body      = *octet
 * </pre>
 *
 * A change of this grammar is a new version. A reader takes another version for a foreign value,
 * never for an error, so that two releases can share one store.
 */
public final class AnswerCodec {

  private static final int MAGIC = 0x4353544E;
  private static final int VERSION = 1;
  private static final int PLAIN = 0;
  private static final int PACKED = 1;
  private static final int CHECKSUM_AT = 20;
  private static final int HEAD_AT = 24;

  /** A larger body is never packed, so a small value cannot ask for a large array. */
  private static final int MOST_UNPACKED = 16 << 20;

  /** A body is never packed more tightly than this, for the same reason. */
  private static final int MOST_TIGHTLY = 1024;

  private final BodyCompression compression;

  /** Returns a codec that packs bodies in this way where it pays. */
  public AnswerCodec(BodyCompression compression) {
    this.compression = compression;
  }

  /** Returns the byte form of an answer. */
  public byte[] encode(Answer answer) {
    byte[] body = answer.body().bytes();
    byte[] packed = packed(answer);
    byte[] sent = packed == null ? body : packed;
    ByteSink sink = new ByteSink(HEAD_AT + 512 + answer.headers().weight());
    preamble(sink, packed == null ? PLAIN : PACKED);
    AnswerHead.write(answer, sink);
    int head = sink.size() - HEAD_AT;
    byte[] value = sink.toBytes(sent.length);
    System.arraycopy(sent, 0, value, sink.size(), sent.length);
    return sealed(value, head, body.length, sent.length);
  }

  /**
   * Returns the answer that the bytes stand for, or what is wrong with them; never throws. The
   * array may be reused afterwards. No more than the length of the bytes, times a bound, is
   * allocated.
   */
  public Decoded decode(byte[] value) {
    if (value.length < HEAD_AT) {
      return Decoded.flawed(Flaw.DAMAGED);
    }
    ByteBuffer fixed = ByteBuffer.wrap(value);
    if (fixed.getInt(0) != MAGIC) {
      return Decoded.flawed(Flaw.DAMAGED);
    }
    if (value[4] != VERSION) {
      return Decoded.flawed(Flaw.FOREIGN);
    }
    return fixed.getInt(CHECKSUM_AT) == checksum(value)
        ? checked(value, fixed.getInt(8), fixed.getInt(12), fixed.getInt(16))
        : Decoded.flawed(Flaw.DAMAGED);
  }

  private Decoded checked(byte[] value, int headSize, int bodySize, int sentSize) {
    boolean fits = headSize >= 0 && sentSize >= 0 && bodySize >= 0;
    if (!fits || (long) HEAD_AT + headSize + sentSize != value.length) {
      return Decoded.flawed(Flaw.DAMAGED);
    }
    int bodyAt = HEAD_AT + headSize;
    byte[] body = body(value, bodyAt, bodySize, sentSize);
    if (body == null) {
      return Decoded.flawed(value[5] == PLAIN ? Flaw.DAMAGED : Flaw.FOREIGN);
    }
    Answer answer = AnswerHead.read(new ByteSource(value, HEAD_AT, bodyAt), Body.of(body));
    return answer == null ? Decoded.flawed(Flaw.DAMAGED) : Decoded.of(answer);
  }

  private byte @Nullable [] body(byte[] value, int at, int bodySize, int sentSize) {
    if (value[5] == PLAIN) {
      return bodySize == sentSize ? Arrays.copyOfRange(value, at, at + sentSize) : null;
    }
    boolean bounded = bodySize <= MOST_UNPACKED && bodySize <= (long) sentSize * MOST_TIGHTLY;
    return value[5] == PACKED && bounded ? compression.unpack(value, at, sentSize, bodySize) : null;
  }

  private byte @Nullable [] packed(Answer answer) {
    byte[] body = answer.body().bytes();
    if (body.length > MOST_UNPACKED || isCoded(answer.headers())) {
      return null;
    }
    byte[] packed = compression.pack(body);
    boolean readable = packed != null && body.length <= (long) packed.length * MOST_TIGHTLY;
    return readable ? packed : null;
  }

  /** What the origin has coded, or what is coded by its nature, does not get smaller. */
  private static boolean isCoded(Headers headers) {
    return headers.has("Content-Encoding") || CodedMedia.covers(headers.first("Content-Type"));
  }

  private static void preamble(ByteSink sink, int packing) {
    sink.fixed4(MAGIC);
    sink.octet(VERSION);
    sink.octet(packing);
    for (int i = 6; i < HEAD_AT; i++) {
      sink.octet(0);
    }
  }

  private static byte[] sealed(byte[] value, int head, int body, int sent) {
    ByteBuffer fixed = ByteBuffer.wrap(value);
    fixed.putInt(8, head).putInt(12, body).putInt(16, sent);
    fixed.putInt(CHECKSUM_AT, checksum(value));
    return value;
  }

  private static int checksum(byte[] value) {
    CRC32C sum = new CRC32C();
    sum.update(value, 0, CHECKSUM_AT);
    sum.update(value, HEAD_AT, value.length - HEAD_AT);
    return (int) sum.getValue();
  }
}
