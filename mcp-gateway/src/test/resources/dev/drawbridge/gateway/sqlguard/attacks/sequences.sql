-- nextval: takes a number
nextval('shop.ticket')
-- nextval_by_parameter: takes a number
-- params: ["shop.ticket"]
nextval($1::text::regclass)
-- nextval_by_attribute: by the notation of attributes
('shop.ticket'::regclass).nextval
-- setval: sets it back
setval('shop.ticket', 1, false)
-- setval_far: to its end
setval('shop.ticket', 9223372036854775807)
-- default_of_insert: takes one for a row
with x as (insert into shop.account values (nextval('shop.ticket'), 'a', 'new') returning id) select id from x
-- alter_sequence: by command
alter sequence shop.ticket restart with 1000
