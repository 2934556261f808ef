package org.cistern.camel.coding;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.cistern.http.coding.Coding;
import org.cistern.tier.ZstdLibrary;

/** Makes the coded form of a body. */
public final class Packing {

  /** Its window stays below the 8 MB that RFC 9659 lets a client refuse to go beyond. */
  private static final int ZSTD_LEVEL = 3;

  private Packing() {}

  /**
   * Returns the content in a coding, gzip or zstd; as it is where there is no zstd.
   *
   * @throws IllegalArgumentException for any other coding
   */
  public static byte[] pack(Coding coding, byte[] bytes) {
    return switch (coding) {
      case GZIP -> gzip(bytes);
      case ZSTD -> ZstdLibrary.isUsable() ? Zstd.compress(bytes, ZSTD_LEVEL) : bytes;
      case IDENTITY, BR -> throw new IllegalArgumentException(coding + " is not made here");
    };
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("coding in memory failed", e);
    }
    return out.toByteArray();
  }
}
