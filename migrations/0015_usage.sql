CREATE TABLE `usage` (
	`day` text PRIMARY KEY NOT NULL,
	`requests` integer NOT NULL,
	`kv_reads` integer NOT NULL,
	`kv_writes` integer NOT NULL,
	`rows_read` integer NOT NULL,
	`rows_written` integer NOT NULL,
	`queue_operations` integer NOT NULL,
	`object_requests` integer NOT NULL,
	`object_rows_written` integer NOT NULL,
	`object_ms` integer NOT NULL
) STRICT, WITHOUT ROWID;
