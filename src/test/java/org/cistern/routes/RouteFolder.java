package org.cistern.routes;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A copy of the shipped routes that a test edits as an operator would: step by step, by id. */
final class RouteFolder {

  private final Path folder;

  private RouteFolder(Path folder) {
    this.folder = folder;
  }

  /** Copies the shipped routes into a folder of the test's. */
  static RouteFolder copyIn(Path parent) {
    Path folder = parent.resolve("routes");
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      Files.createDirectories(folder);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RouteFolder(folder);
  }

  Path path() {
    return folder;
  }

  /** Deletes a step. */
  RouteFolder without(String file, String id) {
    return edit(file, id, (list, at) -> list.remove(at.intValue()));
  }

  /** Puts steps, in YAML, before a step. */
  RouteFolder before(String file, String id, String steps) {
    return edit(file, id, (list, at) -> list.addAll(at, steps(steps)));
  }

  /** Puts steps, in YAML, behind a step. */
  RouteFolder after(String file, String id, String steps) {
    return edit(file, id, (list, at) -> list.addAll(at + 1, steps(steps)));
  }

  /** Swaps a step with the one behind it. */
  RouteFolder swapWithNext(String file, String id) {
    return edit(file, id, (list, at) -> Collections.swap(list, at, at + 1));
  }

  /** Replaces text in a file. */
  RouteFolder replace(String file, String old, String by) {
    String text = read(file);
    if (!text.contains(old)) {
      throw new IllegalArgumentException(file + " does not contain " + old);
    }
    return write(file, text.replace(old, by));
  }

  /** Writes a whole file. */
  RouteFolder write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file + ".camel.yaml"), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file + ".camel.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RouteFolder edit(String file, String id, BiConsumer<List<Object>, Integer> change) {
    Object tree = load(read(file));
    if (!edit(tree, id, change)) {
      throw new IllegalArgumentException(file + " has no step " + id);
    }
    return write(file, new Dump(DumpSettings.builder().build()).dumpToString(tree));
  }

  private static Object load(String yaml) {
    return requireNonNull(new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }

  @SuppressWarnings("unchecked")
  private static List<Object> steps(String yaml) {
    return (List<Object>) load(yaml);
  }

  @SuppressWarnings("unchecked")
  private static boolean edit(Object node, String id, BiConsumer<List<Object>, Integer> change) {
    if (node instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(value -> edit(value, id, change));
    }
    if (!(node instanceof List<?> list)) {
      return false;
    }
    for (int i = 0; i < list.size(); i++) {
      if (isStep(list.get(i), id)) {
        change.accept((List<Object>) list, i);
        return true;
      }
    }
    return list.stream().anyMatch(value -> edit(value, id, change));
  }

  private static boolean isStep(Object node, String id) {
    return node instanceof Map<?, ?> step
        && step.size() == 1
        && step.values().iterator().next() instanceof Map<?, ?> options
        && id.equals(options.get("id"));
  }
}
