// What a notebook's widget sees of its kernel, for pages that have none: values, and who listens to their changes.
"use strict";

const course = { renderers: {} };

course.Model = class {
  #values;
  #listeners = new Map(); // lists by event, such as `change:ink`

  constructor(values) {
    this.#values = values;
  }

  get(name) {
    return this.#values[name];
  }

  set(name, value) {
    this.#values[name] = value;
    this.tell(`change:${name}`);
  }

  /** events: one or several, with spaces between them. */
  on(events, hear) {
    for (const event of events.split(" ")) this.#listeners.set(event, [...this.#of(event), hear]);
  }

  off(events, hear) {
    for (const event of events.split(" ")) this.#listeners.set(event, this.#of(event).filter((each) => each !== hear));
  }

  tell(event, ...what) {
    for (const hear of this.#of(event)) hear(...what);
  }

  isHeard(event) {
    return this.#of(event).length > 0;
  }

  #of(event) {
    return this.#listeners.get(event) ?? [];
  }

  save_changes() {}
};
