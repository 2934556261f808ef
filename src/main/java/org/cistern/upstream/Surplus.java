package org.cistern.upstream;

import io.netty.channel.ChannelHandler;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that came behind a whole response. Netty's decoder keeps them for a next message and shows
 * them to its subclasses only, so they are asked for by reflection; where that is refused, whatever
 * stands behind a response is taken for surplus.
 */
final class Surplus {

  private static final @Nullable Method INBOUND =
      open(CombinedChannelDuplexHandler.class, "inboundHandler");
  private static final @Nullable Method READABLE =
      open(ByteToMessageDecoder.class, "actualReadableBytes");

  private Surplus() {}

  private static @Nullable Method open(Class<?> type, String name) {
    try {
      Method method = type.getDeclaredMethod(name);
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException | InaccessibleObjectException e) {
      return null;
    }
  }

  /** Tells whether the decoder of this codec holds bytes behind the message it is handing on. */
  static boolean behind(@Nullable ChannelHandler codec) {
    if (codec == null || INBOUND == null || READABLE == null) {
      return true;
    }
    try {
      Object decoder = INBOUND.invoke(codec);
      return !(READABLE.invoke(decoder) instanceof Integer bytes) || bytes > 0;
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
