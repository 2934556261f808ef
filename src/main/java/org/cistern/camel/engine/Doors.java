package org.cistern.camel.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The doors that are open; a request goes through the one whose path is closest to its own. */
final class Doors {

  private static final Comparator<Door> CLOSEST =
      Comparator.comparing(Door::path, DoorPath.CLOSEST);

  private volatile List<Door> open = List.of();
  private final List<Supplier<String>> refused = new CopyOnWriteArrayList<>();

  /** Notes a sentence that is to stop the start. */
  void refuse(Supplier<String> sentence) {
    refused.add(sentence);
  }

  synchronized void open(Door door) {
    List<Door> all = new ArrayList<>(open);
    all.add(door);
    all.sort(CLOSEST);
    open = List.copyOf(all);
  }

  synchronized void close(Door door) {
    List<Door> left = new ArrayList<>(open);
    left.remove(door);
    open = List.copyOf(left);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Returns the one door that takes every request, or null where it has to be looked for. */
  @Nullable Door only() {
    List<Door> now = open;
    if (now.size() != 1) {
      return null;
    }
    Door door = now.get(0);
    return door.path().isEverything() && door.methods().isEmpty() ? door : null;
  }

  /**
   * Returns the door of a request, or null where none takes it. A route for GET takes HEAD as well,
   * unless one whose path is as close names it.
   */
  @Nullable Door of(String path, String method) {
    Door named = naming(path, method);
    if (!method.equals("HEAD")) {
      return named;
    }
    Door get = naming(path, "GET");
    boolean closer = named == null || (get != null && CLOSEST.compare(get, named) < 0);
    return closer ? get : named;
  }

  private @Nullable Door naming(String path, String method) {
    boolean claimed = false;
    for (Door door : open) {
      if (door.path().covers(path) && (door.claims() || !claimed)) {
        if (door.takes(method)) {
          return door;
        }
        claimed |= door.claims();
      }
    }
    return null;
  }

  /** Returns the methods that are taken by this path, in order; none where nothing is. */
  Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    boolean claimed = false;
    for (Door door : open) {
      if (door.path().covers(path) && (door.claims() || !claimed)) {
        methods.addAll(door.methods());
        claimed |= door.claims();
      }
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  /** Returns a sentence for each thing that is wrong with what is open. */
  List<String> mistakes() {
    List<Door> now = open;
    List<String> sentences = new ArrayList<>(refused.stream().map(Supplier::get).toList());
    if (now.isEmpty()) {
      sentences.add(
          "routes: no route takes requests; the shipped routes/api.camel.yaml does, from"
              + " platform-http.");
    }
    for (int i = 0; i < now.size(); i++) {
      idle(now.get(i), sentences);
      odd(now.get(i), sentences);
      twin(now, i, sentences);
    }
    return sentences;
  }

  /** Returns a sentence where what is open may not be what was meant. */
  List<String> warnings() {
    return open.stream().anyMatch(door -> door.path().isEverything())
        ? List.of()
        : List.of(
            "routes: no route takes / and below, so whatever the others do not take is a 404; the"
                + " shipped routes/api.camel.yaml does");
  }

  private static void idle(Door door, List<String> sentences) {
    String route = door.route().get();
    for (String option : door.idle()) {
      sentences.add(
          "routes: route '%s' runs on the event loop (useBodyHandler: false), where %s has no effect."
              .formatted(route, option));
    }
  }

  private static void odd(Door door, List<String> sentences) {
    String segment = door.path().fault();
    if (segment != null) {
      sentences.add(
          ("routes: the path of route '%s' has the segment '%s', by which nothing enters it; {name}"
                  + " stands for a whole segment, and * at the end alone for all below.")
              .formatted(door.route().get(), segment));
    }
  }

  private static void twin(List<Door> doors, int at, List<String> sentences) {
    Door door = doors.get(at);
    doors.subList(at + 1, doors.size()).stream()
        .filter(door::isTwinOf)
        .forEach(
            other ->
                sentences.add(
                    "routes: the routes '%s' and '%s' both take the requests of %s."
                        .formatted(door.route().get(), other.route().get(), door.path())));
  }
}
