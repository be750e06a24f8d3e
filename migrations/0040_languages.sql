ALTER TABLE `share_links` ADD `language` text;--> statement-breakpoint
ALTER TABLE `share_links` ADD `locale` text;--> statement-breakpoint
ALTER TABLE `notice_channels` ADD `language` text;--> statement-breakpoint
ALTER TABLE `notice_channels` ADD `locale` text;--> statement-breakpoint
ALTER TABLE `notices` ADD `says` text;