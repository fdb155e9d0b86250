package dev.drawbridge.auth.group;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import java.util.UUID;

/// The rules for who gets into a group and out of it: nobody into one through someone who holds
/// less than the group does, nor out of one that requires a second factor, and no group into
/// itself.
@Singleton
final class Members {
    private final Db db;
    private final GroupRepository groups;
    private final MemberRepository members;
    private final RevocationRepository revocations;
    private final Ceiling ceiling;
    private final RequiredFactor factor;
    private final Audit audit;

    Members(
            Db db,
            GroupRepository groups,
            MemberRepository members,
            RevocationRepository revocations,
            Ceiling ceiling,
            RequiredFactor factor,
            Audit audit) {
        this.db = db;
        this.groups = groups;
        this.members = members;
        this.revocations = revocations;
        this.ceiling = ceiling;
        this.factor = factor;
        this.audit = audit;
    }

    Membership addUser(Caller caller, UUID group, UUID user) {
        return db.transaction(() -> {
            requireGroup(caller, group);
            Membership added =
                    members.insertUser(caller.tenant(), group, user)
                            .orElseThrow(() ->
                                    new Problem.NotFound("user", user.toString()).exception());
            revocations.announce(Revocation.ofUser(user));
            return recorded(caller, AuthAction.MEMBER_ADD, added);
        });
    }

    Membership addGroup(Caller caller, UUID group, UUID member) {
        return db.transaction(() -> {
            members.lockNesting(caller.tenant());
            requireGroup(caller, group);
            if (members.isInside(caller.tenant(), group, member)) {
                throw new Problem.Conflict("That would put a group inside itself.").exception();
            }
            Membership added =
                    members.insertGroup(caller.tenant(), group, member)
                            .orElseThrow(() -> GroupRepository.none(member));
            revocations.announceMembers(caller.tenant(), member);
            return recorded(caller, AuthAction.MEMBER_ADD, added);
        });
    }

    void remove(Caller caller, UUID group, UUID id) {
        db.transaction(() -> {
            groups.lock(caller.tenant(), group);
            factor.requireMayLift(caller, group);
            Membership removed =
                    members.delete(caller.tenant(), group, id)
                            .orElseThrow(() ->
                                    new Problem.NotFound("member", id.toString()).exception());
            UUID user = removed.userId();
            UUID memberGroup = removed.memberGroupId();
            if (user != null) {
                revocations.announce(Revocation.ofUser(user));
            } else if (memberGroup != null) {
                revocations.announceMembers(caller.tenant(), memberGroup);
            }
            return recorded(caller, AuthAction.MEMBER_REMOVE, removed);
        });
    }

    private Membership recorded(Caller caller, AuthAction action, Membership member) {
        audit.record(Act.by(caller, action, "group:" + member.groupId()).with("member", member));
        return member;
    }

    private void requireGroup(Caller caller, UUID group) {
        groups.lock(caller.tenant(), group);
        ceiling.requireGroup(caller, group);
    }
}
