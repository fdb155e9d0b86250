-- The version of pgvector, where the demo's embeddings have its index.

select e.extversion
  from pg_extension e
 where e.extname = 'vector'
   and to_regclass('retail.product_embeddings_embedding_vector_idx') is not null;
