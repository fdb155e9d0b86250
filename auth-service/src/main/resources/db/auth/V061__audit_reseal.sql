-- Seals of the audit under another data key (docs/adr/0018-…). The same file, byte by byte, in every
-- service.

-- Puts another seal in the place of one, over the same head of a chain; false when it is not there
-- any more. What a seal is worth, its proof says: this function cannot know.
create function ${flyway:defaultSchema}.audit_reseal(chain integer, old_seal text, new_seal text)
returns boolean language sql security definer set search_path = pg_catalog, pg_temp as $$
  with heads as (
    update ${flyway:defaultSchema}.audit_chain c
       set seal = new_seal
     where c.id = audit_reseal.chain and c.seal = old_seal and old_seal <> ''
    returning 1),
  checkpoints as (
    update ${flyway:defaultSchema}.audit_checkpoint c
       set seal = new_seal
     where c.chain = audit_reseal.chain and c.seal = old_seal and old_seal <> ''
    returning 1)
  select exists (select from heads) or exists (select from checkpoints)
$$;

revoke all on function ${flyway:defaultSchema}.audit_reseal(integer, text, text) from public;
grant execute on function ${flyway:defaultSchema}.audit_reseal(integer, text, text)
  to ${flyway:defaultSchema}_app;
