-- Once, as postgres through HAProxy: psql "postgresql://postgres:…@127.0.0.1:5000/postgres" -f roles.sql
--   -v owner_password=… -v app_password=…
create role callbox_owner login password :'owner_password';
create role callbox_app login password :'app_password';
create database callbox owner callbox_owner;
