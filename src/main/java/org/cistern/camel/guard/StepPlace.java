package org.cistern.camel.guard;

/**
 * Where a step stands, and what it is.
 *
 * @param route the route's id
 * @param step the step's id
 * @param component its component, or the name of the step itself
 */
public record StepPlace(String route, String step, String component) {

  @Override
  public String toString() {
    return route + '/' + step + " (" + component + ')';
  }
}
