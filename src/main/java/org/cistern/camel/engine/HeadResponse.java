package org.cistern.camel.engine;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A response without content: what is written to it goes nowhere (RFC 9110 section 9.3.2).
 *
 * @param response the one that is sent
 */
record HeadResponse(HttpServerResponse response) implements InvocationHandler {

  static HttpServerResponse of(HttpServerResponse response) {
    return (HttpServerResponse)
        Proxy.newProxyInstance(
            HttpServerResponse.class.getClassLoader(),
            new Class<?>[] {HttpServerResponse.class},
            new HeadResponse(response));
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "write" -> tell(Future.succeededFuture(), method, arguments);
      case "end" -> tell(response.end(), method, arguments);
      default -> pass(self, method, arguments);
    };
  }

  /** Each comes in two forms: one returns a future, the other takes a handler last. */
  @SuppressWarnings("unchecked")
  private static @Nullable Object tell(
      Future<Void> done, Method method, Object @Nullable [] arguments) {
    if (method.getReturnType() != void.class) {
      return done;
    }
    Object last = arguments == null ? null : arguments[arguments.length - 1];
    if (last instanceof Handler<?> handler) {
      done.onComplete((Handler<AsyncResult<Void>>) handler);
    }
    return null;
  }

  private @Nullable Object pass(Object self, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      Object result = method.invoke(response, arguments);
      return result == response ? self : result;
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
