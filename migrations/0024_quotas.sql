ALTER TABLE `usage` ADD `kv_deletes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `usage` ADD `object_rows_read` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `usage` ADD `log_lines` integer DEFAULT 0 NOT NULL;