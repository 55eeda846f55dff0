-- Everybody may look into the schema of a new database. One that was made anew, as by a restored dump, lets its owner in alone.
do $$
begin
    grant usage on schema public to trunkline_tenant;
exception
    when insufficient_privilege then
        raise warning 'whoever owns this database should run "grant usage on schema public to trunkline_tenant"';
end $$;
