Tandem
Copyright 2026 The maintainers of Tandem

Licensed under the Apache License, Version 2.0: see LICENSE.

Tandem is distributed with these libraries, each under its own licence:

<#list dependencyMap as entry>
${entry.key.groupId}:${entry.key.artifactId}:${entry.key.version}
    <#list entry.value as licence>${licence}<#sep>, </#list>
</#list>
