package org.cistern.tier;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import org.cistern.answer.BodyCompression;
import org.jspecify.annotations.Nullable;

/** Packs bodies with zstd where that saves an eighth or more, for the tiers outside memory. */
public final class ZstdCompression implements BodyCompression {

  /** Below this a hit would pay more for unpacking than the store saves. */
  private static final int SMALLEST = 2048;

  private static final int LEVEL = 1;

  private final int smallest;

  /** Packs what is large enough. */
  public ZstdCompression() {
    this(SMALLEST);
  }

  private ZstdCompression(int smallest) {
    this.smallest = smallest;
  }

  /** Returns one that packs nothing, and unpacks what another has packed. */
  public static ZstdCompression unpacking() {
    return new ZstdCompression(Integer.MAX_VALUE);
  }

  @Override
  public byte @Nullable [] pack(byte[] body) {
    if (body.length < smallest || !ZstdLibrary.isUsable()) {
      return null;
    }
    byte[] packed = Zstd.compress(body, LEVEL);
    return packed.length <= body.length - body.length / 8 ? packed : null;
  }

  @Override
  public byte @Nullable [] unpack(byte[] from, int offset, int length, int size) {
    if (!ZstdLibrary.isUsable()) {
      return null;
    }
    byte[] body = new byte[size];
    try {
      return Zstd.decompressByteArray(body, 0, size, from, offset, length) == size ? body : null;
    } catch (ZstdException damaged) {
      return null;
    }
  }
}
