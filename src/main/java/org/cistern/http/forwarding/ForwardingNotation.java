package org.cistern.http.forwarding;

import java.util.ArrayList;
import java.util.List;
import org.cistern.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * How the proxies before us write down where a request came from. It has to be chosen: a proxy that
 * writes the one notation lets the client's own fields of the other through.
 */
public enum ForwardingNotation {
  /** X-Forwarded-For, -Proto and -Host, each a list to which every proxy appends or one value. */
  X_FORWARDED {
    @Override
    List<ForwardedHop> hops(Fields fields) {
      List<String> nodes = list(fields, "X-Forwarded-For");
      List<String> schemes = list(fields, "X-Forwarded-Proto");
      List<String> hosts = list(fields, "X-Forwarded-Host");
      List<ForwardedHop> hops = new ArrayList<>(nodes.size());
      int count = Math.max(1, nodes.size());
      for (int i = 0; i < count; i++) {
        hops.add(
            ForwardedHop.of(
                nodes.isEmpty() ? null : nodes.get(i),
                element(schemes, i, count),
                element(hosts, i, count)));
      }
      return hops;
    }
  },
  /** The Forwarded field of RFC 7239. */
  FORWARDED {
    @Override
    List<ForwardedHop> hops(Fields fields) {
      List<ForwardedHop> hops = new ArrayList<>();
      fields.all("Forwarded").forEach(line -> hops.addAll(ForwardedElements.hops(line)));
      return hops;
    }
  };

  /** Returns what the proxies wrote, the nearest one's word last. */
  abstract List<ForwardedHop> hops(Fields fields);

  private static List<String> list(Fields fields, String name) {
    String joined = fields.joined(name);
    if (joined == null) {
      return List.of();
    }
    List<String> elements = new ArrayList<>();
    for (String element : joined.split(",", -1)) {
      elements.add(element.strip());
    }
    return elements;
  }

  // A list as long as that of the addresses belongs to it element by element. Of another list only
  // the last element is sure to be the nearest proxy's.
  private static @Nullable String element(List<String> list, int index, int count) {
    if (list.size() == count) {
      return list.get(index);
    }
    return index == count - 1 && !list.isEmpty() ? list.get(list.size() - 1) : null;
  }
}
