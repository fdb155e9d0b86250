/// Users, groups and tokens by command, for scripts: nothing but calls of auth-service's public
/// REST API. A secret is never an argument, which every process of a machine can read, and is not
/// printed.
@NullMarked
package dev.drawbridge.local.admin;

import org.jspecify.annotations.NullMarked;
