// libfyaml's events live in unions of structs: these getters give Swift what it needs of one.
#pragma once
#include <libfyaml.h>

static inline struct fy_token *slmc_event_token(const struct fy_event *event) {
  switch (event->type) {
  case FYET_SCALAR: return event->scalar.value;
  case FYET_ALIAS: return event->alias.anchor;
  case FYET_MAPPING_START: return event->mapping_start.mapping_start;
  case FYET_SEQUENCE_START: return event->sequence_start.sequence_start;
  case FYET_DOCUMENT_START: return event->document_start.document_start;
  default: return NULL;
  }
}

static inline struct fy_token *slmc_event_anchor(const struct fy_event *event) {
  switch (event->type) {
  case FYET_SCALAR: return event->scalar.anchor;
  case FYET_MAPPING_START: return event->mapping_start.anchor;
  case FYET_SEQUENCE_START: return event->sequence_start.anchor;
  default: return NULL;
  }
}

static inline struct fy_token *slmc_event_tag(const struct fy_event *event) {
  switch (event->type) {
  case FYET_SCALAR: return event->scalar.tag;
  case FYET_MAPPING_START: return event->mapping_start.tag;
  case FYET_SEQUENCE_START: return event->sequence_start.tag;
  default: return NULL;
  }
}

// An empty scalar (`key:`) has no token of its own; its place is where the parser stands.
static inline bool slmc_event_mark(struct fy_event *event, int *line, int *column) {
  const struct fy_mark *mark = fy_event_start_mark(event);
  if (!mark) return false;
  *line = mark->line;
  *column = mark->column;
  return true;
}
