/// How often, and from where, someone may try a credential: limits by address and account, and the
/// lockout of an account after failures in a row. State is in the datastore, shared by replicas.
@NullMarked
package dev.drawbridge.auth.attempt;

import org.jspecify.annotations.NullMarked;
