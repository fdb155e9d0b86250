-- The agents' login reads, and owns nothing; nobody else comes in.

revoke all on database retail from public;
grant connect on database retail to retail_agent;
revoke all on schema public from public;
grant usage on schema public to public;
grant usage on schema retail to retail_agent;
grant select on all tables in schema retail to retail_agent;
grant execute on function retail.cosine_similarity(real[], real[]) to retail_agent;
