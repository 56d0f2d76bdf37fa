"""Files of many gigabytes: bounded memory and disk, in parts that are kept, so that an import that was killed is taken up."""
