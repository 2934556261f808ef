package org.cistern.upstream.wire;

import io.netty.channel.ChannelHandler;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that came behind a whole response. Netty's decoder keeps them for a next message and shows
 * them to its subclasses only, so they are asked for by reflection; where that is refused, whatever
 * stands behind a response is taken for surplus.
 */
final class Surplus {

  private static final @Nullable MethodHandle INBOUND =
      open(
          CombinedChannelDuplexHandler.class, "inboundHandler", Object.class, ChannelHandler.class);
  private static final @Nullable MethodHandle READABLE =
      open(ByteToMessageDecoder.class, "actualReadableBytes", int.class, Object.class);

  private Surplus() {}

  private static @Nullable MethodHandle open(
      Class<?> owner, String name, Class<?> result, Class<?> asked) {
    try {
      Method method = owner.getDeclaredMethod(name);
      method.setAccessible(true);
      return MethodHandles.lookup().unreflect(method).asType(MethodType.methodType(result, asked));
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return null;
    }
  }

  /** Tells whether the decoder of this codec holds bytes behind the message it is handing on. */
  static boolean behind(@Nullable ChannelHandler codec) {
    if (codec == null || INBOUND == null || READABLE == null) {
      return true;
    }
    try {
      Object decoder = (Object) INBOUND.invokeExact(codec);
      return (int) READABLE.invokeExact(decoder) > 0;
    } catch (Throwable unknown) {
      return true;
    }
  }
}
