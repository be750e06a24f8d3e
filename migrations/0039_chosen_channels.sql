ALTER TABLE `alerts` ADD `channels` text;--> statement-breakpoint
ALTER TABLE `digests` ADD `channels` text;