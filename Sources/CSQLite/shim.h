#ifndef HINDSIGHT_CSQLITE_H
#define HINDSIGHT_CSQLITE_H

#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast macro, which the Swift importer leaves out.
static inline sqlite3_destructor_type csqlite_transient(void) { return SQLITE_TRANSIENT; }

#endif
