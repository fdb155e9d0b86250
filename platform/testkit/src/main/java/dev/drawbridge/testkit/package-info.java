/// What tests of every service need: a real PostgreSQL with the roles and schemas of an
/// installation.
@NullMarked
package dev.drawbridge.testkit;

import org.jspecify.annotations.NullMarked;
