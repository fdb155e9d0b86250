package dev.drawbridge.audit;

import dev.drawbridge.sql.Resealable;
import dev.drawbridge.sql.SecretBox;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.util.Map;

/// The seals of heads and checkpoints, which are made anew when the data key rotates, so that the
/// old key can go and they are proved still. A seal that is not true is none of the service's, and
/// stays as it is, for the proof to find.
@Singleton
public final class AuditSeals implements Resealable {
    private final SealRepository repository;
    private final SecretBox secrets;

    @Inject
    AuditSeals(SealRepository repository, SecretBox secrets) {
        this.repository = repository;
        this.secrets = secrets;
    }

    @Override
    public String kind() {
        return "audit_seal";
    }

    @Override
    public Map<String, Long> countByKey() {
        return repository.countByKey();
    }

    @Override
    public int reseal(int most) {
        int done = 0;
        for (SealRepository.Sealed sealed : repository.listWithout(secrets.sealing())) {
            if (done < most && reseal(sealed)) {
                done++;
            }
        }
        return done;
    }

    /// False when the seal is not true, or was replaced meanwhile: the chain went on.
    private boolean reseal(SealRepository.Sealed sealed) {
        String service = repository.schema();
        Head head = sealed.head();
        return head.judge(secrets, service, sealed.chain(), sealed.seal()) == SecretBox.Mark.TRUE
                && repository.replace(sealed, head.seal(secrets, service, sealed.chain()));
    }
}
