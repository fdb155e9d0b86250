-- For servers that have pgvector: the same vectors in its own type, with an approximate index.

alter table retail.product_embeddings add column embedding_vector vector(384);

update retail.product_embeddings set embedding_vector = embedding::vector(384);

alter table retail.product_embeddings alter column embedding_vector set not null;

create index product_embeddings_embedding_vector_idx
  on retail.product_embeddings using hnsw (embedding_vector vector_cosine_ops);

comment on column retail.product_embeddings.embedding_vector is
  'The same vector for pgvector; order by embedding_vector <=> query uses the index.';
